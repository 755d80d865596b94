/** Every address of the storefront. A leaf: anything may import it. */
export const paths = {
  home: '/',
  menu: '/menu',
  payment: '/payment',
  delivery: '/delivery',
  dinerDashboard: '/diner-dashboard',
  franchiseDashboard: '/franchise-dashboard',
  adminDashboard: '/admin-dashboard',
  kitchen: '/admin-dashboard/kitchen',
  login: '/login',
  register: '/register',
  logout: '/logout',
  about: '/about',
  history: '/history',
  docs: '/docs/:service',
} as const;

export function deliveryPath(orderId: number): string {
  return `${paths.delivery}?order=${orderId}`;
}

export function docsPath(service: string): string {
  return paths.docs.replace(':service', service);
}
