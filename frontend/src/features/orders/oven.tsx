import type { OrderState } from '#contract/order-lifecycle.ts';
import { classNames } from '../../lib/class-names.ts';
import { Picture } from '../../ui/picture.tsx';
import styles from './oven.module.css';

const STONES = 13;
const CENTRE = { x: 200, y: 210 };
const INNER = 138;
const OUTER = 186;
const shades = ['#8a4a2c', '#9c5733', '#7c4026', '#a9623a', '#8f5030'];

const point = (radius: number, angle: number) =>
  `${(CENTRE.x + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE.y - radius * Math.sin(angle)).toFixed(1)}`;

/** One stone of the arch, from one angle to the next with a joint between. */
function stone(index: number): string {
  const step = Math.PI / STONES;
  const from = Math.PI - index * step - 0.018;
  const to = Math.PI - (index + 1) * step + 0.018;
  return `M${point(INNER, from)}L${point(OUTER, from)}L${point(OUTER, to)}L${point(INNER, to)}Z`;
}

/** The mouth of the oven with the pizza inside; the fire tells how the order stands. */
export function Oven({ status, image }: { status: OrderState; image: string }) {
  return (
    <div className={classNames(styles.oven, styles[status])} aria-hidden="true">
      <svg aria-hidden="true" viewBox="0 0 400 350" className={styles.stones}>
        <defs>
          <radialGradient id="oven-fire" cx="50%" cy="72%" r="75%">
            <stop offset="0" stopColor="#ffd27a" />
            <stop offset="0.300" stopColor="#ff8a2b" />
            <stop offset="0.650" stopColor="#a3300a" />
            <stop offset="1" stopColor="#2a0d04" />
          </radialGradient>
          <linearGradient id="oven-flame" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#ff8a1e" />
            <stop offset="0.5" stopColor="#ffc24d" />
            <stop offset="1" stopColor="#ff9a2e" stopOpacity="0" />
          </linearGradient>
          <radialGradient id="oven-embers">
            <stop offset="0" stopColor="#ffe29a" />
            <stop offset="0.55" stopColor="#ff7a1c" stopOpacity="0.7" />
            <stop offset="1" stopColor="#ff5a0c" stopOpacity="0" />
          </radialGradient>
        </defs>
        <path d="M14 320V210a186 186 0 0 1 372 0v110Z" fill="#3a1d12" />
        <path d="M62 320V210a138 138 0 0 1 276 0v110Z" fill="#1a0a04" />
        <path d="M62 320V210a138 138 0 0 1 276 0v110Z" fill="url(#oven-fire)" className={styles.fire} />
        <ellipse cx="200" cy="282" rx="128" ry="30" fill="url(#oven-embers)" className={styles.fire} />
        <g className={styles.flames}>
          <path
            d="M96 288c-26-40 2-66-4-112 34 22 30 58 44 68 4-18 2-32-4-46 34 30 42 66 18 90Z"
            fill="url(#oven-flame)"
          />
          <path
            d="M256 288c-20-40 8-60 4-98 30 20 26 50 38 58 4-16 2-26-3-38 26 26 32 54 14 78Z"
            fill="url(#oven-flame)"
          />
          <path
            d="M172 276c-20-44 10-66 8-108 32 22 30 58 42 66 4-14 4-26 0-38 26 26 28 54 12 80Z"
            fill="url(#oven-flame)"
          />
        </g>
        {Array.from({ length: STONES }, (_, index) => (
          <path key={stone(index)} d={stone(index)} fill={shades[(index * 3) % shades.length]} />
        ))}
        <path d="M14 214h46v52H14zM340 214h46v52h-46z" fill={shades[0]} />
        <path d="M14 270h46v50H14zM340 270h46v50h-46z" fill={shades[3]} />
        <path d="M0 320h400v24a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6Z" fill="#6b3a24" />
      </svg>
      <div className={styles.floor}>
        <div className={styles.pizza}>
          <Picture source={image} alt="" sizes="18rem" isFirst />
        </div>
      </div>
    </div>
  );
}
