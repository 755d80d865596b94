/** Tells the time; given by the composition root so that tests can choose it. */
export type Clock = () => Date;
