import type { OrderState } from '#contract/orders.ts';
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
      <svg viewBox="0 0 400 350" className={styles.stones}>
        <defs>
          <radialGradient id="oven-fire" cx="50%" cy="72%" r="75%">
            <stop offset="0" stopColor="#ffd27a" />
            <stop offset="0.300" stopColor="#ff8a2b" />
            <stop offset="0.650" stopColor="#a3300a" />
            <stop offset="1" stopColor="#2a0d04" />
          </radialGradient>
        </defs>
        <path d="M62 320V210a138 138 0 0 1 276 0v110Z" fill="#1a0a04" />
        <path d="M62 320V210a138 138 0 0 1 276 0v110Z" fill="url(#oven-fire)" className={styles.fire} />
        <g className={styles.flames}>
          <path
            d="M92 262c-18-34 8-52 4-88 26 18 22 44 34 52 2-14 0-24-4-34 24 22 30 52 14 78Z"
            fill="#ffb03a"
          />
          <path
            d="M262 266c-16-30 6-44 2-72 22 14 20 36 30 42 2-12 0-20-3-28 20 18 24 40 12 62Z"
            fill="#ff9a2e"
          />
          <path
            d="M176 250c-14-30 8-46 6-76 22 14 22 40 30 46 2-10 2-18 0-26 18 18 20 38 8 60Z"
            fill="#ffcf5c"
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
