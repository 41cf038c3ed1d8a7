// A process of its own that locks a folder, says so, and holds on.
import { lockFolder } from '../../src/db/folder-lock.ts';

await lockFolder(process.argv[2]!);
process.send!('locked');
process.on('message', () => {});
