import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change by an admin. Whatever any page has in its cache may look different after it. */
export function useChange<V, R>(change: (input: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => void client.invalidateQueries(),
  });
}
