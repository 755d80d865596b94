/** Every address of the storefront. A leaf: anything may import it. */
export const paths = {
  home: '/',
  menu: '/menu',
  payment: '/payment',
  delivery: '/delivery',
  dinerDashboard: '/diner-dashboard',
  sessions: '/sessions',
  franchiseDashboard: '/franchise-dashboard',
  adminDashboard: '/admin-dashboard',
  adminUsers: '/admin-dashboard/users',
  adminMenu: '/admin-dashboard/menu',
  adminAudit: '/admin-dashboard/audit',
  adminFigures: '/admin-dashboard/figures',
  operations: '/admin-dashboard/operations',
  login: '/login',
  register: '/register',
  logout: '/logout',
  about: '/about',
  history: '/history',
  privacy: '/privacy',
  docs: '/docs/:service',
} as const;

export function deliveryPath(orderId: number): string {
  return `${paths.delivery}?order=${orderId}`;
}

export function franchiseDashboardPath(franchiseId: number): string {
  return `${paths.franchiseDashboard}?franchise=${franchiseId}`;
}

export function docsPath(service: string): string {
  return paths.docs.replace(':service', service);
}
