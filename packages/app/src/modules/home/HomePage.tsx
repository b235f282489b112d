import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonLink,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Container,
  Grid,
  Header,
  Text,
} from '@backstage/ui';
import { homeTranslationRef } from './translation';

const DOORS = [
  { id: 'create', href: '/create' },
  { id: 'watch', href: '/catalog' },
  { id: 'tasks', href: '/create/tasks' },
] as const;

/** The start page: one door for each of the three things people come for. */
export const HomePage = () => {
  const { t } = useTranslationRef(homeTranslationRef);
  return (
    <>
      <Header title={t('title')} />
      <Container>
        <Text as="p" variant="body-large" color="secondary">
          {t('description')}
        </Text>
        <Grid.Root columns={{ initial: '1', sm: '3' }} gap="4" mt="4">
          {DOORS.map(({ id, href }) => (
            <Card key={id}>
              <CardHeader>
                <Text as="h2" variant="title-small" weight="bold">
                  {t(`${id}.title`)}
                </Text>
              </CardHeader>
              <CardBody>
                <Text as="p">{t(`${id}.text`)}</Text>
              </CardBody>
              <CardFooter>
                <ButtonLink href={href} variant={id === 'create' ? 'primary' : 'secondary'}>
                  {t(`${id}.action`)}
                </ButtonLink>
              </CardFooter>
            </Card>
          ))}
        </Grid.Root>
      </Container>
    </>
  );
};
