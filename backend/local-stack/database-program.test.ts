import { expect, it } from '@jest/globals';
import { flavourOf } from './database-program.ts';
import { packagesToInstall } from './debian-packages.ts';

it.each([
  ['mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)', 'mariadb'],
  ['mariadbd from 11.8.3-MariaDB, mariadbd  Ver 11.8.3-MariaDB-1 for debian-linux-gnu', 'mariadb'],
  ['/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)', 'mysql'],
  ['/usr/sbin/mysqld  Ver 9.7.0 for Linux on x86_64 (MySQL Community Server - GPL)', 'mysql'],
])('a server that says %p is used as %p', (line, flavour) => {
  expect(flavourOf(line)).toBe(flavour);
});

it.each([
  '/usr/sbin/mysqld  Ver 8.0.43-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu))',
  'mysqld  Ver 10.5.29-MariaDB for Linux on x86_64',
  'something else altogether',
])('a server that is too old or unknown is passed over: %p', (line) => {
  expect(flavourOf(line)).toBeUndefined();
});

it('only the packages that the machine lacks are fetched', () => {
  const simulation = [
    'The following NEW packages will be installed:',
    '  libaio1 mariadb-server-core',
    'Inst libaio1 (0.3.113-4 Debian:12.15/oldstable [amd64])',
    'Inst mariadb-server-core (1:10.11.19-0+deb12u1 Debian-Security:12/oldstable-security [amd64])',
    'Conf libaio1 (0.3.113-4 Debian:12.15/oldstable [amd64])',
  ];
  expect(packagesToInstall(simulation.join('\n'))).toEqual(['libaio1', 'mariadb-server-core']);
});
