/** Names the one message by which a port is handed over: preload to main, and preload to page. */
export const pipeChannel = "lastmile-pipe";
