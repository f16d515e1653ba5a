import { connect } from "#contract/client.ts";
import { createWorkbench } from "./client/workbench.ts";
import { showPage } from "./frame/showPage.tsx";
import { choosePipe } from "./pipe/choosePipe.ts";

const open = choosePipe();
showPage(createWorkbench(async () => connect(await open())));
