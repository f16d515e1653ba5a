import { createWorkbench } from "#renderer/client/workbench.ts";
import { showPage } from "#renderer/frame/showPage.tsx";
import { fakeClient } from "./fakeClient.ts";
import { sceneNamed } from "./scenes.ts";

// The page as it is, over a client that answers from a scene: `?scene=scan#/line`.
const scene = sceneNamed(new URL(location.href).searchParams.get("scene") ?? "training");
const { client, control } = fakeClient(scene);
Object.assign(window, { fixture: control });
showPage(createWorkbench(control.open(client)));
