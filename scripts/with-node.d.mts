type LockedPackage = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  peer?: boolean;
  link?: boolean;
};
export type LockedPackages = Record<string, LockedPackage>;

export function firstDifference(packages: {
  wanted: LockedPackages;
  present: LockedPackages;
  isDevelopmentNeeded: boolean;
}): string | undefined;
