import type { Photo } from "#domain/acceptance/acceptance.ts";
import { acceptanceLines } from "#domain/acceptance/foldAcceptance.ts";
import { stripPhoto } from "#domain/photo/photo.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { World } from "../world.ts";

/** Keeps a photo beside the site file, cleaned and under its hash, and says so in the evidence. */
export async function keepPhoto(world: World, desk: SiteDesk, bytes: Uint8Array): Promise<Photo> {
  desk.site();
  const path = desk.path ?? "";
  const clean = stripPhoto(bytes);
  if (!clean.ok) throw new ProblemError(clean.problem);
  const { type } = clean.value;
  const photo = { sha256: world.crypto.sha256(clean.value.bytes), type, bytes: clean.value.bytes.length };
  await world.photos.keep(path, photoName(photo), clean.value.bytes);
  await desk.record(acceptanceLines.photo, photo);
  return photo;
}

/** The photo as it was kept; `photo.missing` where it is not there or has become another. */
export async function readPhoto(world: World, desk: SiteDesk, photo: Photo): Promise<Uint8Array> {
  const bytes = await world.photos.read(desk.path ?? "", photoName(photo));
  if (bytes === undefined || world.crypto.sha256(bytes) !== photo.sha256)
    throw new ProblemError({ code: "photo.missing", photo: photo.sha256 });
  return bytes;
}

export function photoName({ sha256, type }: Pick<Photo, "sha256" | "type">): string {
  return `${sha256}.${type === "jpeg" ? "jpg" : "png"}`;
}
