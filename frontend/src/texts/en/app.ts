export const app = {
  brand: 'JWT Pizza',
  skip: 'Skip to the content',
  nav: {
    label: 'Global',
    order: 'Order',
    franchise: 'Franchise',
    about: 'About',
    history: 'History',
    admin: 'Admin',
    login: 'Login',
    register: 'Register',
    logout: 'Logout',
    account: 'your account',
  },
  theme: {
    system: 'Theme: as the system',
    light: 'Theme: light',
    dark: 'Theme: dark',
  },
  language: 'Language',
  footer: {
    line: 'Baked in fire. Signed with a key. Never lost on the way.',
    api: 'For developers',
    privacy: 'Privacy',
    small: 'Prices in bitcoin. No pepperoni was hashed in the making of this site.',
  },
  offline:
    'No connection. What you see is the last we have; your cart is safe, and we carry on when the connection is back.',
  notFound: {
    title: 'This slice is missing',
    lead: 'Somebody ate the page you were looking for. The rest of the pizza is still here.',
    menu: 'See the menu',
    home: 'Back to the start',
  },
  crash: {
    title: 'We dropped the pizza',
    lead: 'Something broke on this page. Your cart and your pizzas are safe.',
    home: 'Start again',
  },
  loading: 'One moment',
} as const;
