// Kinds of columns. Instants end in `At`, days in `On`.
import { bigint, bigserial, customType, timestamp } from 'drizzle-orm/pg-core';

export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
export const id = () => bigserial('id', { mode: 'number' }).primaryKey();
/** The id of another row. */
export const ref = (name: string) => bigint(name, { mode: 'number' });
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
