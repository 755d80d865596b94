import { type KeyboardEvent, useRef, useState } from 'react';
import { Button } from './button.tsx';
import styles from './confirm-button.module.css';

interface ConfirmButtonProps {
  children: string;
  /** What will happen, and whether it shall. */
  question: string;
  texts: { yes: string; no: string };
  onConfirm: () => void;
  look?: 'main' | 'quiet';
  size?: 'medium' | 'small';
  isBusy?: boolean;
  /** Said instead of the label where several of them stand below each other. */
  name?: string;
}

/** A button that asks before it does what cannot be taken back. */
export function ConfirmButton({ children, question, texts, onConfirm, name, ...look }: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const wasAsking = useRef(false);
  const { size = 'medium', isBusy = false } = look;
  if (!isAsking || isBusy) {
    return (
      <Button
        look={look.look ?? 'quiet'}
        size={size}
        isBusy={isBusy}
        aria-label={name}
        // Back where one was before the question.
        autoFocus={wasAsking.current && !isBusy}
        onClick={() => !isBusy && setIsAsking(true)}
      >
        {children}
      </Button>
    );
  }
  const close = () => {
    wasAsking.current = true;
    setIsAsking(false);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') close();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={question} className={styles.asking} onKeyDown={onKeyDown}>
      <p>{question}</p>
      <div className={styles.answers}>
        <Button
          size="small"
          onClick={() => {
            close();
            onConfirm();
          }}
        >
          {texts.yes}
        </Button>
        <Button size="small" look="quiet" autoFocus onClick={close}>
          {texts.no}
        </Button>
      </div>
    </div>
  );
}
