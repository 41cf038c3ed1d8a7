/** Where TEST_DATABASE_URL names a server, as .ci/run does: the tests that use the database run on it. */
export const realPostgres = process.env.TEST_DATABASE_URL;
