// k6 run load/journey.js                            the rate that the service is sized for, against BASE_URL
// k6 run -e VUS=1000 -e DURATION=1m load/journey.js a number of users who never wait
import { check } from 'k6';
import http from 'k6/http';

const objectives = JSON.parse(open('./objectives.json'));
const baseUrl = __ENV.BASE_URL || 'http://127.0.0.1:8080';
const duration = __ENV.DURATION || '2m';

const users = { executor: 'constant-vus', vus: Number(__ENV.VUS), duration };
const rate = {
  executor: 'constant-arrival-rate',
  rate: objectives.requestsPerSecond,
  duration,
  preAllocatedVUs: 50,
  // More than this at once means that the service has fallen behind; k6 then reports dropped iterations.
  maxVUs: 500,
};

export const options = {
  scenarios: { journey: __ENV.VUS ? users : rate },
  thresholds: {
    http_req_duration: [`p(95)<${objectives.p95Ms}`],
    http_req_failed: [`rate<${objectives.failedRatio}`],
    checks: ['rate>0.999'],
    dropped_iterations: ['count<1'],
  },
};

const SKUS = ['ABC-1', 'LAMP-7', 'DESK-42'];

export default function journey() {
  const sku = SKUS[Math.floor(Math.random() * SKUS.length)];
  // One name for all URLs of a route, or each becomes a time series of its own.
  const response = http.get(`${baseUrl}/v1/quotes/${sku}?quantity=2`, {
    tags: { name: '/v1/quotes/:sku' },
  });
  check(response, {
    'is answered': ({ status }) => status === 200,
    'quotes what was asked for': ({ body }) => JSON.parse(body).sku === sku,
  });
}
