import type { Role } from '#contract/users.ts';

interface DemoUser {
  name: string;
  email: string;
  password: string;
  role: Role;
}

/** The demo's accounts: published, and therefore in the demo only (S20). */
export const DEMO_USERS: readonly DemoUser[] = [
  { name: 'Amara Admin', email: 'a@jwt.com', password: 'admin', role: 'admin' },
  { name: 'Fabio Franchisee', email: 'f@jwt.com', password: 'franchisee', role: 'franchisee' },
  { name: 'Dana Diner', email: 'd@jwt.com', password: 'diner', role: 'diner' },
];

export const DEMO_MENU = [
  {
    title: 'Veggie',
    price: 0.0038,
    picture: 'veggie',
    description: 'A garden of delight: peppers, courgette, olives, red onion',
  },
  {
    title: 'Pepperoni',
    price: 0.0042,
    picture: 'pepperoni',
    description: 'Spicy treat: cups of pepperoni with crisp edges',
  },
  {
    title: 'Margarita',
    price: 0.0042,
    picture: 'margarita',
    description: 'Essential classic: tomato, fior di latte, basil',
  },
  {
    title: 'Crusty',
    price: 0.0028,
    picture: 'crusty',
    description: 'A dry-mouthed favourite: all about the rim',
  },
  {
    title: 'Charred Leopard',
    price: 0.0099,
    picture: 'charred-leopard',
    description: 'For those with a darker side: ninety seconds in the flames',
  },
  {
    title: 'Quattro Formaggi',
    price: 0.0051,
    picture: 'quattro-formaggi',
    description: 'Mozzarella, gorgonzola, fontina and a mountain of parmesan',
  },
  { title: 'Funghi', price: 0.0045, picture: 'funghi', description: 'Browned mushrooms, garlic, thyme' },
  {
    title: 'Diavola',
    price: 0.0047,
    picture: 'diavola',
    description: 'Hot salami, chillies, a drop of honey',
  },
  {
    title: 'Rucola',
    price: 0.0058,
    picture: 'rucola',
    description: 'Prosciutto and fresh rocket, laid on after the oven',
  },
  {
    title: 'Marinara',
    price: 0.0026,
    picture: 'marinara',
    description: 'Tomato, garlic, oregano: nothing to hide behind',
  },
] as const;

export const DEMO_FRANCHISES = [
  { name: 'pizzaPocket', stores: ['SLC', 'Provo', 'Lehi'] },
  { name: 'Forno Notturno', stores: ['Canal Street', 'Old Harbour'] },
  { name: 'Token & Crust', stores: ['Byte Lane', 'Market Hall', 'Station'] },
] as const;
