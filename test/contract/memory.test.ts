import { systemClock } from "#adapters/clock.ts";
import { serve } from "#contract/server.ts";
import { memoryPipes } from "#test/support/memoryPipe.ts";
import { createTalkingWorkbench } from "#test/support/talkingWorkbench.ts";
import { describeConversation } from "./conversation.ts";

const workbench = createTalkingWorkbench();

describeConversation("memory", async () => {
  const [near, far] = memoryPipes();
  serve(far, workbench, systemClock);
  return near;
});
