import { createApp } from '@backstage/frontend-defaults';
import { entityModule } from './modules/entity';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/** Plugins come in by feature discovery (`app.packages: all`); only what is this portal's own is named here. */
export default createApp({ features: [navModule, homeModule, entityModule, signInModule] });
