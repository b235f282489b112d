import { Text } from '@backstage/ui';

/** A rule's text, in which only `names` between backticks are marked up; everything else is plain text. */
export const RuleProse = ({ text }: { readonly text: string }) => (
  <Text as="p">
    {text.split('`').map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}
  </Text>
);
