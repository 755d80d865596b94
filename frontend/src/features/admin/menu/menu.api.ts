import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MenuItem } from '#contract/menu.ts';
import { callApi } from '../../../lib/api-client.ts';
import { useApi } from '../../../lib/use-api.ts';
import { useChange } from '../use-change.ts';

const menuKey = ['menu', 'all'];

/** The menu as diners everywhere see it, and as it is this moment. */
export const useWholeMenu = () =>
  useApi('GET /api/order/menu', { queryKey: menuKey, staleTime: 0, query: {} });

export interface PizzaInput {
  title: string;
  description: string;
  image: string;
  /** In ₿. */
  price: number;
}

/** Adds a pizza, which takes all of it, or changes these fields of the one of this id. */
export function useSavePizza(menuId: number | undefined) {
  return useChange((body: Partial<PizzaInput>) =>
    menuId === undefined
      ? callApi('PUT /api/order/menu', { body: body as PizzaInput })
      : callApi('PUT /api/order/menu/:menuId', { params: { menuId }, body }),
  );
}

export function useRetirePizza(menuId: number) {
  return useChange(() => callApi('DELETE /api/order/menu/:menuId', { params: { menuId } }));
}

export function useSetAvailable() {
  return useChange(({ menuId, available }: { menuId: number; available: boolean }) =>
    callApi('PUT /api/order/menu/:menuId', { params: { menuId }, body: { available } }),
  );
}

/** Shows the new order at once, and the old one again should the service refuse it. Moves are sent one by one. */
export function useReorderMenu() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'menu-order' },
    mutationFn: (menu: readonly MenuItem[]) =>
      callApi('PUT /api/order/menu/order', { body: { menuIds: menu.map(({ id }) => id) } }),
    onMutate: async (menu) => {
      await client.cancelQueries({ queryKey: menuKey });
      client.setQueryData(menuKey, menu);
    },
    onSettled: () => {
      // While another move is on its way, the answer to this one is old.
      if (client.isMutating({ predicate: ({ options }) => options.scope?.id === 'menu-order' }) > 1) return;
      void client.invalidateQueries({ queryKey: ['menu'] });
    },
  });
}
