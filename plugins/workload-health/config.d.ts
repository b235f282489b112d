export interface Config {
  workloadHealth?: {
    /**
     * Address of Waymark's documentation site, `/docs/default/system/waymark` where this portal's TechDocs serves it. With it
     * every cause links to its page. Default: no links.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
