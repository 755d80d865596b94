/** A pizza in three slices, as a token has three parts: header, payload, signature. */
export function BrandMark({ size = 40 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 64 64"
      strokeLinejoin="round"
      strokeWidth="5"
    >
      <path d="M30 28 7.500 20.200A26 26 0 0 1 30 4.500Z" fill="#ff8a3d" stroke="#ff8a3d" />
      <path d="M35.500 28V4.500a26 26 0 0 1 10 47.200Z" fill="#f4503a" stroke="#f4503a" />
      <path d="M31.500 33 6.200 25.500A26 26 0 0 0 41 54.500Z" fill="#6fae5c" stroke="#6fae5c" />
    </svg>
  );
}
