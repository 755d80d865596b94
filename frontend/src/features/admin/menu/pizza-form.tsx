import { type SubmitEvent, useState } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { describeError, fieldErrorsOf } from '../../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../admin.module.css';
import { TaskCard } from '../task-card.tsx';
import { useSavePizza } from './menu.api.ts';
import { PictureChoice } from './picture-choice.tsx';
import { priceOfText, textOfPrice } from './price-text.ts';

const FIRST_PICTURE = '/pictures/margarita.webp';

interface PizzaFormProps {
  /** The one to edit; a new one is added without. */
  pizza?: MenuItem;
  onSaved: (title: string) => void;
  onCancel: () => void;
}

export function PizzaForm({ pizza, onSaved, onCancel }: PizzaFormProps) {
  const { form: t, cancel } = useStaffTexts('adminMenu');
  const errors = useTexts('errors');
  const save = useSavePizza(pizza?.id);
  const [image, setImage] = useState(pizza?.image ?? FIRST_PICTURE);
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [title = '', description = '', priceText = ''] = ['title', 'description', 'price'].map((name) =>
      String(form.get(name) ?? '').trim(),
    );
    const price = priceOfText(priceText);
    const faults = {
      ...(title === '' && { title: t.missing.title }),
      ...(description === '' && { description: t.missing.description }),
      ...(price === undefined && { price: priceText === '' ? t.missing.price : t.priceWrong }),
    };
    setWrong(faults);
    if (price === undefined || Object.keys(faults).length > 0 || save.isPending) return;
    save.mutate({ title, description, image, price }, { onSuccess: () => onSaved(title) });
  };
  const fieldErrors = { ...fieldErrorsOf(save.error, errors), ...wrong };
  const isMarked = Object.keys(fieldErrors).length > 0;
  const problem = isMarked ? t.marked : save.error && describeError(save.error, errors);
  return (
    <TaskCard title={pizza ? t.editTitle({ title: pizza.title }) : t.addTitle}>
      {pizza && <p className={styles.muted}>{t.lead}</p>}
      <form noValidate className={styles.form} onSubmit={submit}>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Field label={t.title} name="title" defaultValue={pizza?.title} error={fieldErrors.title} />
        <Field
          label={t.description}
          name="description"
          defaultValue={pizza?.description}
          error={fieldErrors.description}
        />
        <Field
          label={t.price}
          name="price"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={pizza && textOfPrice(pizza.price)}
          hint={t.priceHint}
          error={fieldErrors.price}
        />
        <PictureChoice image={image} onChange={setImage} error={fieldErrors.image} />
        <div className={styles.buttons}>
          <Button type="submit" isBusy={save.isPending}>
            {t.save}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            {cancel}
          </Button>
        </div>
      </form>
    </TaskCard>
  );
}
