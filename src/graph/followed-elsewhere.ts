/**
 * Where type-graphql wants to know how a subscription begins. None begins there: streams are followed in groups of whoever shares them,
 * see `following.ts`.
 */
export const followedElsewhere = (): never => {
  throw new Error("Subscriptions are followed by the live streams.");
};
