import { headerName } from '../../../src/gateway/headerName.js';

test('names are known in any case, also after a client has made up thousands', () => {
  for (let made = 0; made < 3000; made += 1) headerName(`X-Made-Up-${made}`);
  for (let again = 0; again < 2; again += 1) {
    expect(headerName('cOnNeCtIoN')).toEqual({ said: 'cOnNeCtIoN', lower: 'connection', hopByHop: true, own: false });
    expect(headerName('X-Promptmeter-App')).toEqual({
      said: 'X-Promptmeter-App',
      lower: 'x-promptmeter-app',
      hopByHop: false,
      own: true,
    });
    expect(headerName('X-Made-Up-2999')).toEqual({
      said: 'X-Made-Up-2999',
      lower: 'x-made-up-2999',
      hopByHop: false,
      own: false,
    });
  }
});
