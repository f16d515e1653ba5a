/** The product's mark: a value that rises from the wire to the cloud. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true" focusable="false">
      <path
        d="M2.8 17h6.4l3-12h7.2"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="2.8" cy="17" r="2.4" fill="var(--accent)" />
      <circle cx="19.2" cy="5" r="2.4" fill="var(--accent)" />
    </svg>
  );
}
