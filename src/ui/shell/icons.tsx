import type { ReactNode } from 'react';

/** Line icons, 20 px, drawn in the colour of the text; always beside or behind a word. */
const icon = (children: ReactNode) => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const icons = {
  undo: icon(<path d="M7 4 3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8" />),
  redo: icon(<path d="M13 4l3.5 3.5L13 11M16 7.5H8.5a4.5 4.5 0 0 0 0 9H12" />),
  share: icon(<path d="M10 12V3M6.8 6 10 2.8 13.2 6M4.5 10v6.5h11V10" />),
  sun: icon(
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1" />
    </>,
  ),
  moon: icon(<path d="M16 11.6A6.6 6.6 0 0 1 8.4 4a6.6 6.6 0 1 0 7.6 7.6Z" />),
  system: icon(
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M10 3.5v13a6.5 6.5 0 0 0 0-13Z" fill="currentColor" stroke="none" />
    </>,
  ),
  '/explore': icon(
    <path d="m2.8 5.2 4.8-1.8 4.8 1.8 4.8-1.8v11.4l-4.8 1.8-4.8-1.8-4.8 1.8Zm4.8-1.8v11.4m4.8-9.6v11.4" />,
  ),
  '/data': icon(<path d="M3.5 4.5h13v11h-13Zm0 3.6h13m-13 3.7h13M8 4.5v11" />),
  '/protect': icon(<path d="M10 2.8 16 5v4.6c0 3.7-2.4 6.2-6 7.6-3.6-1.4-6-3.9-6-7.6V5Z" />),
  '/anonymize': icon(
    <>
      <path d="M4.5 3v14M9.5 3v14M4.5 6h5m-5 4h5m-5 4h5" />
      <path d="M12.5 12.2c1.6 0 1.2-5.2 3-5.2M9.5 10h1.4" />
      <circle cx="16" cy="6.8" r="1.4" />
    </>,
  ),
  '/epsilon': icon(
    <path d="M14.2 5.4C13 4.3 11.6 3.8 10 3.8c-2.6 0-4.4 1.2-4.4 3s1.6 2.8 3.8 2.8h1.2-1.6c-2.4 0-4 1.3-4 3.3s2 3.3 4.9 3.3c1.8 0 3.4-.6 4.6-1.8" />,
  ),
  '/stream': icon(<path d="M2.5 7c2.5-2.4 5-2.4 7.5 0s5 2.4 7.5 0m-15 6c2.5-2.4 5-2.4 7.5 0s5 2.4 7.5 0" />),
  '/federate': icon(
    <>
      <circle cx="10" cy="4.5" r="1.9" />
      <circle cx="4.5" cy="14.5" r="1.9" />
      <circle cx="15.5" cy="14.5" r="1.9" />
      <path d="M9 6.2 5.4 12.8m5.6-6.6 3.6 6.6M6.4 14.5h7.2" />
    </>,
  ),
  '/attack': icon(
    <>
      <circle cx="10" cy="10" r="5.4" />
      <path d="M10 2.4v4m0 7.2v4M2.4 10h4m7.2 0h4" />
    </>,
  ),
  '/compare': icon(<path d="M4 16V9.5m4 6.5V4m4 12v-4.5m4 4.5V6.5" />),
  more: icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />),
} as const;

export const iconOf = (path: string): ReactNode =>
  Object.hasOwn(icons, path) ? icons[path as keyof typeof icons] : icons.more;
