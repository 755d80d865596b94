import { useSortable } from '@dnd-kit/sortable';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import styles from './menu.module.css';

interface SortableRowProps {
  id: number;
  title: string;
  isFirst: boolean;
  isLast: boolean;
  onStep: (step: -1 | 1) => void;
  children: ReactNode;
}

/** One row of the list with its handle, and a button for a step up and one down. */
export function SortableRow({ id, title, isFirst, isLast, onStep, children }: SortableRowProps) {
  const t = useStaffTexts('adminMenu');
  const sortable = useSortable({ id, attributes: { roleDescription: t.dragRole } });
  const { transform, transition, isDragging } = sortable;
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  const pressed = useRef<HTMLButtonElement>(null);
  // A row that changes its place is taken out and put in again, which takes the focus from its button.
  useLayoutEffect(() => {
    if (pressed.current && document.activeElement === document.body) pressed.current.focus();
    pressed.current = null;
  });
  const step = (by: -1 | 1) => {
    pressed.current = by < 0 ? up.current : down.current;
    onStep(by);
  };
  return (
    <li
      ref={sortable.setNodeRef}
      style={{ transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition }}
      className={classNames(styles.row, isDragging && styles.dragged)}
    >
      <div className={styles.move}>
        <button
          ref={up}
          type="button"
          aria-label={t.up({ title })}
          // At its end it does nothing, but it keeps the focus of whoever pressed it.
          aria-disabled={isFirst}
          onClick={() => isFirst || step(-1)}
        >
          <span aria-hidden="true">↑</span>
        </button>
        <button
          ref={sortable.setActivatorNodeRef}
          type="button"
          className={styles.handle}
          {...sortable.attributes}
          {...sortable.listeners}
          aria-label={t.drag({ title })}
        >
          <span aria-hidden="true">⠿</span>
        </button>
        <button
          ref={down}
          type="button"
          aria-label={t.down({ title })}
          aria-disabled={isLast}
          onClick={() => isLast || step(1)}
        >
          <span aria-hidden="true">↓</span>
        </button>
      </div>
      {children}
    </li>
  );
}
