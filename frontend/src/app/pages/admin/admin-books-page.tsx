import { BooksDesk } from '../../../features/admin/books/books-desk.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function AdminBooksPage() {
  const t = useStaffTexts('adminBooks');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <BooksDesk />}
    </AdminFrame>
  );
}
