import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** A button with a native popover beside it; Escape and a click elsewhere close it, as the browser does by itself. */
export function Popover(props: {
  readonly label: ReactNode;
  readonly name?: string;
  readonly className?: string;
  readonly children: ReactNode | (() => ReactNode);
}) {
  const id = useId().replaceAll(':', '');
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const element = panel.current;
    if (element === null) return;
    const place = (event: Event): void => {
      if ((event as ToggleEvent).newState !== 'open' || button.current === null) return;
      placeBeside(element, button.current.getBoundingClientRect());
    };
    // What is inside is made when it is first wanted.
    const fill = (): void => setOpened(true);
    element.addEventListener('beforetoggle', fill);
    element.addEventListener('toggle', place);
    return () => {
      element.removeEventListener('beforetoggle', fill);
      element.removeEventListener('toggle', place);
    };
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className ?? 'link-button'}
        aria-label={props.name}
        popoverTarget={id}
      >
        {props.label}
      </button>
      {/* Outside the flow, so that a popover may stand inside a sentence; the browser keeps its focus order beside the button. */}
      {createPortal(
        <div ref={panel} id={id} popover="auto" className="popover" role="group" aria-label={props.name}>
          {typeof props.children === 'function' ? opened && props.children() : props.children}
        </div>,
        document.body,
      )}
    </>
  );
}

/** Below its button where there is room, else above; never outside the window. */
function placeBeside(element: HTMLElement, at: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const left = Math.max(12, Math.min(at.left, innerWidth - width - 12));
  const below = at.bottom + 6;
  const top = below + height < innerHeight - 8 ? below : Math.max(8, at.top - height - 6);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

/** A native modal dialog: focus stays inside, Escape closes. */
export function Dialog(props: {
  readonly title: string;
  readonly closeLabel: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (props.open) ref.current?.showModal();
    else ref.current?.close();
  }, [props.open]);
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={id} onClose={props.onClose}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <button type="button" className="button quiet" onClick={() => ref.current?.close()}>
          {props.closeLabel}
        </button>
      </header>
      {props.open && props.children}
    </dialog>
  );
}
