import { apiRequestOf } from './ApiRequest';

describe('apiRequestOf', () => {
  it.each([
    ['/version', 'get', 'version'],
    ['/api/v1/pods?limit=500', 'list', 'pods'],
    ['/api/v1/pods?watch=1&resourceVersion=7', 'watch', 'pods'],
    ['/apis/apps/v1/namespaces/shop/deployments?limit=1', 'list', 'deployments'],
    ['/api/v1/namespaces?watch=1', 'watch', 'namespaces'],
    ['/api/v1/namespaces/shop', 'get', 'namespaces'],
    ['/api/v1/namespaces/shop/pods/web-1', 'get', 'pods'],
    ['/api/v1/namespaces/shop/pods/web-1/log?follow=true', 'get', 'pods/log'],
  ])('takes %s for a %s of %s', (path, verb, resource) => {
    expect(apiRequestOf(path)).toEqual({ verb, resource });
  });
});
