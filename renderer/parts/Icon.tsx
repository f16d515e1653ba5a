import type { ReactNode } from "react";

/** 16 × 16, drawn with a 1.5 stroke in the text's colour; a few marks are filled. */
const drawings = {
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  warn: <path d="M8 2.2 14.3 13.3H1.7zM8 6.4v3.2M8 11.4v.1" />,
  dots: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2" />,
  idle: <circle cx="8" cy="8" r="5" />,
  busy: <path d="M8 2.5A5.5 5.5 0 1 1 2.5 8" />,
  skip: <path d="M4 8h8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  pencil: <path d="m3 13 .6-2.9L10.9 2.8l2.3 2.3-7.3 7.3zM9.4 4.3l2.3 2.3" />,
  trash: <path d="M2.8 4.2h10.4M6 4V2.5h4V4M4.2 4.4l.6 9.1h6.4l.6-9.1M6.7 6.8v4.2M9.3 6.8v4.2" />,
  undo: <path d="M5.2 3 2.5 5.7l2.7 2.7M2.9 5.7h6.4a3.7 3.7 0 0 1 0 7.4H6" />,
  redo: <path d="m10.8 3 2.7 2.7-2.7 2.7M13.1 5.7H6.7a3.7 3.7 0 0 0 0 7.4H10" />,
  search: <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.4 10.4l3.3 3.3" />,
  up: <path d="m4 10 4-4 4 4" />,
  down: <path d="m4 6 4 4 4-4" />,
  left: <path d="m10 4-4 4 4 4" />,
  right: <path d="m6 4 4 4-4 4" />,
  sent: <path d="M2.5 8h10.5M9.3 4.3 13 8l-3.7 3.7" />,
  received: <path d="M13.5 8H3M6.7 4.3 3 8l3.7 3.7" />,
  heard: <path d="M2.5 8h2l1.8-4.5 3 9L11.3 8h2.2" />,
  play: <path d="M4.5 3v10l8-5z" />,
  pause: <path d="M5.2 3.2v9.6M10.8 3.2v9.6" />,
  stop: <rect x="3.8" y="3.8" width="8.4" height="8.4" rx="1" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  broom: <path d="M2.5 13.5h11M4.5 13.5l-.8-5h8.6l-.8 5M8 8.5V2.5" />,
  filter: <path d="M2.5 3.5h11L9.3 8.4v4.1l-2.6 1V8.4z" />,
  refresh: (
    <path d="M13.3 7A5.4 5.4 0 0 0 3.7 4.7L2.5 6M2.5 2.8V6h3.2M2.7 9a5.4 5.4 0 0 0 9.6 2.3l1.2-1.3M13.5 13.2V10h-3.2" />
  ),
  serial: <path d="M2.3 5h11.4l-1.5 6H3.8zM5.3 7.3v.1M8 7.3v.1M10.7 7.3v.1M6.6 9.2v.1M9.4 9.2v.1" />,
  network: (
    <path d="M8 9V6M4 12.5v-2a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v2M6 2.5h4V6H6zM2.5 12.5h3v1h-3zM10.5 12.5h3v1h-3z" />
  ),
  gateway: <path d="M2.5 5.5h11v5h-11zM5 8h.1M7.3 8h.1M11 2.5v3M5 2.5v3M5 10.5v3M11 10.5v3" />,
  cloud: <path d="M4.7 12.5a2.9 2.9 0 0 1-.3-5.8 3.8 3.8 0 0 1 7.3 1 2.4 2.4 0 0 1-.2 4.8z" />,
  file: <path d="M3.8 2.5h5.4l3 3v8H3.8zM9 2.5v3.2h3.2" />,
  folder: <path d="M2.3 12.8V3.5h4.2L8 5.3h5.7v7.5z" />,
  upload: <path d="M8 10.5v-8M4.7 5.8 8 2.5l3.3 3.3M2.5 10.5v3h11v-3" />,
  download: <path d="M8 2.5v8M4.7 7.2 8 10.5l3.3-3.3M2.5 10.5v3h11v-3" />,
  camera: <path d="M2.3 5h2.7l1-1.7h4L11 5h2.7v7.7H2.3zM8 6.7a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4" />,
  key: <path d="M5.3 7a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M7.4 7.9l5.4-5.4M10.5 4.8l2 2" />,
  lock: <path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />,
  moon: <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" />,
  sun: (
    <path d="M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
  ),
  contrast: <path d="M8 2.3a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 8 2.3M8 2.3v11.4M8 5h3.8M8 8h5.4M8 11h3.8" />,
  jobs: <path d="M2.5 4h2M7 4h6.5M2.5 8h2M7 8h6.5M2.5 12h2M7 12h6.5" />,
  spark: <path d="m2 11 3-4 2.5 2.5L11 4l3 5" />,
  clock: <path d="M8 2.3a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 8 2.3M8 5v3.2l2.2 1.6" />,
  leave: <path d="M6.5 2.5h-4v11h4M10 4.7 13.3 8 10 11.3M13 8H6" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

/** A small drawing beside a word. It says nothing of its own to a screen reader: give the word. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
