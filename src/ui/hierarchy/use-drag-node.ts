import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { TreeNode } from './tree-model.ts';
import { ancestorAt, type TreeCell, type TreePicture } from './tree.layout.ts';

interface Drag {
  readonly cell: TreeCell;
  readonly x: number;
  readonly y: number;
  moving: boolean;
}

/** Pixels before a press becomes a drag. */
const slack = 6;

/**
 * Drags a node onto another group: wherever it is let go, the group one step to the left of its own step takes it.
 * Mouse and pen only: a finger scrolls, and uses the list beside the tree.
 */
export function useDragNode(
  picture: TreePicture,
  onDrop: (node: TreeNode, parent: string, label: string) => void,
): {
  readonly over: string | null;
  readonly start: (event: PointerEvent, cell: TreeCell) => void;
  readonly move: (event: PointerEvent) => void;
  readonly end: (event: PointerEvent) => void;
  readonly cancel: () => void;
  readonly justDragged: () => boolean;
} {
  const drag = useRef<Drag | null>(null);
  const dragged = useRef(false);
  const [over, setOver] = useState<string | null>(null);
  const cancel = (): void => {
    drag.current = null;
    setOver(null);
  };
  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      drag.current = null;
      setOver(null);
    };
    window.addEventListener('keydown', escape);
    return () => window.removeEventListener('keydown', escape);
  }, []);
  /** The group under the pointer that could take the node: not the one it is in. */
  const target = (event: PointerEvent, from: TreeCell): string | null => {
    const element = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-cell]');
    const cell = picture.cells[Number(element?.getAttribute('data-cell') ?? Number.NaN)];
    const parent = cell === undefined ? undefined : ancestorAt(picture.cells, cell.key, from.node.level + 1);
    return parent === undefined || parent === from.parent ? null : parent;
  };
  return {
    over,
    start: (event, cell) => {
      dragged.current = false;
      if (event.pointerType === 'touch' || event.button !== 0 || cell.parent === null) return;
      // The fold mark in the corner is a button of its own.
      if (event.target instanceof Element && event.target.closest('[data-fold]') !== null) return;
      drag.current = { cell, x: event.clientX, y: event.clientY, moving: false };
      // At once: a quick hand is outside the box before the first move is told.
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    move: (event) => {
      const now = drag.current;
      if (now === null) return;
      if (!now.moving) {
        if (Math.hypot(event.clientX - now.x, event.clientY - now.y) < slack) return;
        now.moving = true;
        dragged.current = true;
      }
      setOver(target(event, now.cell));
    },
    end: (event) => {
      const now = drag.current;
      cancel();
      if (now?.moving !== true) return;
      const parent = target(event, now.cell);
      const label = picture.cells.find((cell) => cell.key === parent)?.node.label;
      if (parent !== null && label !== undefined) onDrop(now.cell.node, parent, label);
    },
    cancel,
    justDragged: () => dragged.current,
  };
}
