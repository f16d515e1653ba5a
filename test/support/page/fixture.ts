import { createWorkbench } from "#renderer/client/workbench.ts";
import { showPage } from "#renderer/frame/showPage.tsx";
import { sceneNamed } from "./scenes.ts";
import { sceneWorkbench } from "./sceneWorkbench.ts";

// The page as it is, over a workbench whose state is a scene: `?scene=scan#/line`.
const fixture = sceneWorkbench(sceneNamed(new URL(location.href).searchParams.get("scene") ?? "training"));
Object.assign(window, { fixture });
showPage(createWorkbench(fixture.open));
