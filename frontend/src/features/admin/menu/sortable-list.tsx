import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import type { ReactNode } from 'react';
import { useStaffTexts } from '../../../lib/texts.ts';
import styles from './menu.module.css';
import { SortableRow } from './sortable-row.tsx';

// So that a click on the handle is not a drag of no distance.
const DRAG_BEGINS_PX = 5;

interface SortableListProps<T extends { id: number }> {
  label: string;
  items: readonly T[];
  titleOf: (item: T) => string;
  /** The list in its new order, and what was moved in it. */
  onOrder: (items: T[], moved: T) => void;
  children: (item: T) => ReactNode;
}

/** A list whose order is changed by dragging, by the keyboard, or a step at a time by pressing a button. */
export function SortableList<T extends { id: number }>(props: SortableListProps<T>) {
  const { label, items, titleOf, onOrder, children } = props;
  const t = useStaffTexts('adminMenu');
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_BEGINS_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const indexOf = (id: UniqueIdentifier) => items.findIndex((item) => item.id === id);
  const move = (from: number, to: number) => {
    const moved = items[from];
    if (moved && from !== to && to >= 0 && to < items.length) onOrder(arrayMove([...items], from, to), moved);
  };
  const endDrag = ({ active, over }: DragEndEvent) => {
    if (over) move(indexOf(active.id), indexOf(over.id));
  };
  const say = (id: UniqueIdentifier, at: UniqueIdentifier) => ({
    title: items.filter((item) => item.id === id).map(titleOf)[0] ?? '',
    place: indexOf(at) + 1,
    count: items.length,
  });
  const announcements: Announcements = {
    onDragStart: ({ active }) => t.picked(say(active.id, active.id)),
    onDragOver: ({ active, over }) => (over ? t.over(say(active.id, over.id)) : undefined),
    // The page itself says where it stands now.
    onDragEnd: ({ active, over }) => (over && over.id !== active.id ? '' : t.left(say(active.id, active.id))),
    onDragCancel: ({ active }) => t.left(say(active.id, active.id)),
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={endDrag}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t.dragHelp } }}
    >
      <SortableContext items={items.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol aria-label={label} className={styles.pizzas}>
          {items.map((item, index) => (
            <SortableRow
              key={item.id}
              id={item.id}
              title={titleOf(item)}
              isFirst={index === 0}
              isLast={index === items.length - 1}
              onStep={(step) => move(index, index + step)}
            >
              {children(item)}
            </SortableRow>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
