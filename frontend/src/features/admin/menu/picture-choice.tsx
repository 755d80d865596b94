import { useState } from 'react';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Field } from '../../../ui/field.tsx';
import { Picture } from '../../../ui/picture.tsx';
import { ownPictures } from '../../../ui/picture-manifest.ts';
import styles from './menu.module.css';

const pizzas = ownPictures().filter((name) => name !== 'fallback' && !name.startsWith('hero'));
const sourceOf = (name: string) => `/pictures/${name}.webp`;

interface PictureChoiceProps {
  image: string;
  onChange: (image: string) => void;
  error: string | undefined;
}

/** A picture of our own set or the address of another one, with a look at it as it will be on the menu. */
export function PictureChoice({ image, onChange, error }: PictureChoiceProps) {
  const t = useStaffTexts('adminMenu').form;
  const isOwn = pizzas.some((name) => sourceOf(name) === image);
  const [own, setOwn] = useState(isOwn ? image : sourceOf('margarita'));
  const chooseOwn = (source: string) => {
    setOwn(source);
    onChange(source);
  };
  return (
    <div className={styles.look}>
      <div className="stack">
        <fieldset className={styles.pictures}>
          <legend>{`${t.picture} · ${t.own}`}</legend>
          {pizzas.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="own-picture"
                checked={image === sourceOf(name)}
                onChange={() => chooseOwn(sourceOf(name))}
              />
              <Picture source={sourceOf(name)} alt={name} sizes="4.5rem" />
            </label>
          ))}
        </fieldset>
        <Field
          label={t.foreign}
          hint={t.foreignHint}
          name="image"
          type="url"
          autoComplete="off"
          value={isOwn ? '' : image}
          onChange={(event) => onChange(event.target.value.trim() || own)}
          error={error}
        />
      </div>
      <figure className={styles.preview}>
        <Picture source={image} alt={t.previewAlt} sizes="14rem" className={styles.large} />
        <figcaption>{t.preview}</figcaption>
      </figure>
    </div>
  );
}
