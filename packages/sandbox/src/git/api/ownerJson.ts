import type { Organisation } from '../RepositoryStore';
import type { GiteaLinks } from './GiteaLinks';

export interface Account {
  id: number;
  name: string;
}

export const userJson = ({ id, name }: Account, links: GiteaLinks) => ({
  id,
  login: name,
  login_name: '',
  full_name: '',
  email: `${name}@noreply.invalid`,
  avatar_url: links.avatar(name),
  html_url: links.owner(name),
  is_admin: false,
  restricted: false,
  active: true,
  visibility: 'public',
  username: name,
});

export const organisationJson = ({ id, name }: Organisation, links: GiteaLinks) => ({
  id,
  name,
  full_name: '',
  email: '',
  avatar_url: links.avatar(name),
  description: '',
  website: '',
  location: '',
  visibility: 'public',
  repo_admin_change_team_access: false,
  username: name,
});
