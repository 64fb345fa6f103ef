// Loaded before each program that the supervisor starts: should the supervisor be killed, the program ends as on Ctrl-C,
// instead of holding the port and the data for ever.
const end = (): void => void process.kill(process.pid, "SIGTERM");
process.once("disconnect", end);
// It may have been killed before this line.
if (!process.connected) end();
// A listener keeps the channel open; the program must still be able to end by itself.
process.channel?.unref();
