import { useState } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { changedFields, hasFields } from '../../../lib/changed-fields.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { useForm } from '../../../lib/use-form.ts';
import { Field } from '../../../ui/field.tsx';
import { TaskFrame } from '../task-frame.tsx';
import { type PizzaInput, useSavePizza } from './menu.api.ts';
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
  const { form: t } = useStaffTexts('adminMenu');
  const save = useSavePizza(pizza?.id);
  const [image, setImage] = useState(pizza?.image ?? FIRST_PICTURE);
  const form = useForm({
    fields: ['title', 'description', 'price', 'image'],
    change: save,
    required: t.missing,
    check: ({ price }) => ({
      price: price.trim() !== '' && priceOfText(price.trim()) === undefined && t.priceWrong,
    }),
    onSubmit: (typed) => {
      const title = typed.title.trim();
      const price = priceOfText(typed.price.trim());
      const description = typed.description.trim();
      if (price === undefined) return;
      const typedPizza = { title, description, image, price };
      const change = pizza ? changedFields<PizzaInput>(pizza, typedPizza) : typedPizza;
      if (hasFields(change)) save.mutate(change, { onSuccess: () => onSaved(title) });
      else onSaved(title);
    },
  });
  return (
    <TaskFrame
      title={pizza ? t.editTitle({ title: pizza.title }) : t.addTitle}
      lead={pizza && t.lead}
      form={form}
      marked={t.marked}
      submit={t.save}
      onCancel={onCancel}
    >
      <Field label={t.title} name="title" defaultValue={pizza?.title} error={form.errors.title} />
      <Field
        label={t.description}
        name="description"
        defaultValue={pizza?.description}
        error={form.errors.description}
      />
      <Field
        label={t.price}
        name="price"
        inputMode="decimal"
        autoComplete="off"
        defaultValue={pizza && textOfPrice(pizza.price)}
        hint={t.priceHint}
        error={form.errors.price}
      />
      <PictureChoice image={image} onChange={setImage} error={form.errors.image} />
    </TaskFrame>
  );
}
