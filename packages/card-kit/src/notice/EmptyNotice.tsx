import type { ReactNode } from 'react';
import { Flex, Text } from '@backstage/ui';

export interface EmptyNoticeProps {
  readonly title: string;
  /** Why there is nothing, and the step to change that. */
  readonly children: ReactNode;
}

/** In place of what there is none of. */
export const EmptyNotice = ({ title, children }: EmptyNoticeProps) => (
  <Flex direction="column" gap="2">
    <Text as="p" weight="bold">
      {title}
    </Text>
    {children}
  </Flex>
);
