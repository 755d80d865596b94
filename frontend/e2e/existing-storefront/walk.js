// Calls the API of the address after `#` as storefronts of the older generation do: a JSON content type and credentials
// on every request, the token kept by the page, errors read from `message`.
const service = location.hash.slice(1);
const list = document.querySelector('ol');

async function call(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const token = localStorage.getItem('token');
  if (token) headers.Authorization = `Bearer ${token}`;
  const options = { method, headers, credentials: 'include' };
  if (body) options.body = JSON.stringify(body);
  const response = await fetch(service + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.message}`);
  return answer;
}

function say(text) {
  list.append(Object.assign(document.createElement('li'), { textContent: text }));
}

async function logIn(email, password) {
  const { user, token } = await call('PUT', '/api/auth', { email, password });
  localStorage.setItem('token', token);
  say(`logged in as ${user.roles[0].role}`);
  return user;
}

async function logOut() {
  say((await call('DELETE', '/api/auth')).message);
  localStorage.removeItem('token');
}

function isShown(picture) {
  return new Promise((resolve) => {
    picture.onload = () => resolve(picture.naturalWidth > 0);
    picture.onerror = () => resolve(false);
  });
}

async function showMenu() {
  const menu = await call('GET', '/api/order/menu');
  const pictures = menu.map(({ title, image }) =>
    Object.assign(new Image(), { alt: title, width: 80, src: image }),
  );
  const shown = await Promise.all(pictures.map(isShown));
  document.querySelector('section').append(...pictures);
  say(`menu of ${menu.length}, ${shown.filter((isIt) => isIt).length} pictures`);
  return menu;
}

async function beADiner(mark) {
  const email = `guest-${mark}@example.com`;
  const { user, token } = await call('POST', '/api/auth', {
    name: 'A Guest',
    email,
    password: `guest of ${mark}`,
  });
  localStorage.setItem('token', token);
  say(`registered as ${user.roles[0].role}`);
  const [pizza, other] = await showMenu();
  const { franchises } = await call('GET', '/api/franchise?page=0&limit=20&name=*');
  const [franchise] = franchises.filter(({ stores }) => stores.length > 0);
  const toItem = ({ id, title, price }) => ({ menuId: id, description: title, price });
  const order = {
    franchiseId: franchise.id,
    storeId: String(franchise.stores[0].id),
    items: [pizza, other].map(toItem),
  };
  const placed = await call('POST', '/api/order', order);
  say(`ordered ${placed.order.items.length} pizzas`);
  say(`the pizza is ${(await call('POST', '/api/order/verify', { jwt: placed.jwt })).message}`);
  const history = await call('GET', '/api/order');
  say(`history of ${history.orders.length}`);
  say(`this is ${(await call('GET', '/api/user/me')).email === email ? 'me' : 'somebody else'}`);
  const edited = await call('PUT', `/api/user/${user.id}`, {
    name: 'A Guest',
    email,
    password: `anew of ${mark}`,
  });
  localStorage.setItem('token', edited.token);
  say('changed the password');
  await logOut();
  await call('GET', '/api/user/me').catch(({ message }) => say(message));
  await logIn(email, `anew of ${mark}`);
  await logOut();
}

async function beAnAdmin(mark) {
  await logIn('a@jwt.com', 'admin');
  const franchise = { stores: [], id: '', name: `Franchise ${mark}`, admins: [{ email: 'f@jwt.com' }] };
  const created = await call('POST', '/api/franchise/', franchise);
  say(`created a franchise of ${created.admins.length}`);
  const { users } = await call('GET', '/api/user?page=1&limit=10&name=*');
  say(users.length > 0 ? 'listed users' : 'no users');
  await logOut();
  return created;
}

async function beAFranchisee({ id }, mark) {
  const user = await logIn('f@jwt.com', 'franchisee');
  const store = await call('POST', `/api/franchise/${id}/store`, { id: '', name: `Store ${mark}` });
  const own = await call('GET', `/api/franchise/${user.id}/`);
  say(`runs ${own.find((franchise) => franchise.id === id).stores.length} store`);
  say((await call('DELETE', `/api/franchise/${id}/store/${store.id}`)).message);
  await logOut();
}

async function closeFranchise({ id }) {
  await logIn('a@jwt.com', 'admin');
  say((await call('DELETE', `/api/franchise/${id}`)).message);
  await logOut();
}

try {
  const mark = Date.now().toString(36);
  await beADiner(mark);
  const franchise = await beAnAdmin(mark);
  await beAFranchisee(franchise, mark);
  await closeFranchise(franchise);
  say('done');
} catch (error) {
  say(`stopped: ${error.message}`);
}
