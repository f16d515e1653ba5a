import { Checkbox, NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../words/language.ts";
import styles from "./Fields.module.css";

interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** a sentence under the field */
  readonly hint?: ReactNode;
  /** what is wrong with the value */
  readonly problem?: string | undefined;
  readonly disabled?: boolean;
  /** called when the person leaves the field or presses Enter in it */
  readonly onDone?: () => void;
}

interface TextProps extends FieldProps<string> {
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly autoFocus?: boolean;
  /** takes the focus as it appears, outside a window of its own */
  readonly focuses?: boolean;
  readonly longest?: number;
}

/** A form: Enter submits. Fields stand in a grid; `columns` names its widths. */
export function Form(props: {
  readonly label: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      aria-label={props.label}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}

/** Fields side by side; they wrap when there is no room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

export function TextField(props: TextProps) {
  return (
    <TextInput
      {...shared(props)}
      {...defined({ placeholder: props.placeholder, maxLength: props.longest })}
      value={props.value}
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.focuses ?? false}
      {...(props.mono && monospaced)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function TextAreaField(props: TextProps & { readonly rows?: number }) {
  return (
    <Textarea
      {...shared(props)}
      value={props.value}
      rows={props.rows ?? 3}
      {...defined({ placeholder: props.placeholder, maxLength: props.longest })}
      {...(props.mono && monospaced)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function PasswordField(props: TextProps) {
  const words = useWords();
  return (
    <PasswordInput
      {...shared(props)}
      {...defined({ placeholder: props.placeholder })}
      value={props.value}
      autoComplete="off"
      visibilityToggleButtonProps={{ "aria-label": words.parts.showPassword, tabIndex: 0 }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** A whole number unless `decimals` says otherwise. An empty or impossible text leaves the value as it was. */
export function NumberField(
  props: FieldProps<number> & {
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    readonly decimals?: number;
    /** dimmed at the right: ms, s */
    readonly unit?: string;
  },
) {
  return (
    <NumberInput
      {...shared(props)}
      {...defined({ min: props.min, max: props.max })}
      value={props.value}
      step={props.step ?? 1}
      allowDecimal={props.decimals !== undefined && props.decimals > 0}
      decimalScale={props.decimals ?? 0}
      suffix={props.unit === undefined ? "" : ` ${props.unit}`}
      hideControls
      clampBehavior="blur"
      onChange={(value) => {
        if (typeof value === "number" && Number.isFinite(value)) props.onChange(value);
      }}
    />
  );
}

export function SelectField<T extends string>(
  props: FieldProps<T> & { readonly options: readonly { readonly value: T; readonly label: string }[] },
) {
  return (
    <NativeSelect
      {...shared(props)}
      value={props.value}
      data={props.options.map((option) => ({ ...option }))}
      onChange={(event) => {
        const chosen = props.options.find((option) => option.value === event.currentTarget.value);
        if (chosen) props.onChange(chosen.value);
      }}
    />
  );
}

export function CheckField(props: FieldProps<boolean>) {
  return (
    <Checkbox
      label={props.label}
      description={props.hint}
      checked={props.value}
      disabled={props.disabled ?? false}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

/** What helps stands under the field, where it does not part label and value. */
const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];

const monospaced = { classNames: { input: styles.mono ?? "" } };

function shared(props: Omit<FieldProps<never>, "value" | "onChange">) {
  return {
    label: props.label,
    inputWrapperOrder: order,
    description: props.hint,
    error: props.problem,
    disabled: props.disabled ?? false,
    ...defined({ onBlur: props.onDone }),
  };
}

/** Leaves out what is undefined, which the library's types do not take for absent. */
function defined<T extends object>(props: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
