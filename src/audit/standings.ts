import { Registration, type Entity } from "../entity/entity.js";
import { handedUp } from "../verification/standing.js";
import { standingOf, statusOfRuns, type RunStatus } from "../verification/status.js";
import { Standing } from "../verification/verification.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";
import { broken, toldAbout } from "./told.js";

/** An entity in one participant's eyes. */
interface Place {
  readonly participantId: string;
  readonly entityId: string;
}

const KEY = ["participantId", "entityId"] as const;

const placeOf = ({ participantId, entityId }: Place): string => `${participantId} ${entityId}`;

interface Link extends Place {
  readonly businessId: string;
}

/** A member whose verification counts, over the alias `m`. */
const COUNTS = "m.unlinked_at is null and m.role <> 'ADMINISTRATOR'";

/** Every link below some businesses, however far down. A cross join keeps its order. */
const linksBelow = ({ rows }: Books, participantIds: readonly string[], entityIds: readonly string[]) =>
  rows<Link>(
    `with recursive below(participant_id, id) as (
       select m.participant_id, m.business_id from member m where m.participant_id in ?? and m.business_id in ?? and ${COUNTS}
       union
       select m.participant_id, m.entity_id from below cross join member m
        where m.participant_id = below.participant_id and m.business_id = below.id and ${COUNTS}
     )
     select m.participant_id as "participantId", m.business_id as "businessId", m.entity_id as "entityId"
       from below cross join member m
      where m.participant_id = below.participant_id and m.business_id = below.id and ${COUNTS}`,
    [participantIds, entityIds],
  );

/** The states of everybody's runs, newest first. */
const statusesOf = ({ rows }: Books, participantIds: readonly string[], entityIds: readonly string[]) =>
  rows<Place & { readonly status: RunStatus }>(
    `select participant_id as "participantId", entity_id as "entityId", status from verification
      where participant_id in ?? and entity_id in ?? order by requested_at desc, id desc`,
    [participantIds, entityIds],
  );

/** Whom participants have registered, or furnished about, and what they are. */
const registered = ({ rows }: Books, participantIds: readonly string[], entityIds: readonly string[]) =>
  rows<Place & Pick<Entity, "entityType">>(
    `select distinct r.participant_id as "participantId", r.entity_id as "entityId", e.entity_type as "entityType"
       from registration r join entity e on e.id = r.entity_id where r.participant_id in ?? and r.entity_id in ??`,
    [participantIds, entityIds],
  );

/** Derives standings from runs and links alone, without a look at what is kept of anybody. */
async function judgeStandings(books: Books, standings: readonly Standing[]) {
  const participantIds = each(standings.map(({ participantId }) => participantId));
  const entityIds = each(standings.map(({ entityId }) => entityId));
  const links = await linksBelow(books, participantIds, entityIds);
  const everybody = each([...entityIds, ...links.map(({ entityId }) => entityId)]);
  const runs = Map.groupBy(await statusesOf(books, participantIds, everybody), placeOf);
  const known = new Map(
    (await registered(books, participantIds, entityIds)).map((one) => [placeOf(one), one.entityType]),
  );
  const ownOf = (place: string) => statusOfRuns((runs.get(place) ?? []).map(({ status }) => status));
  const below = handedUp(
    links.map((link) => ({
      businessId: placeOf({ ...link, entityId: link.businessId }),
      memberId: placeOf(link),
      status: ownOf(placeOf(link)),
    })),
  );
  return wrongs(standings, function* (standing) {
    const place = placeOf(standing);
    const own = ownOf(place);
    const whole = standingOf(own, below.get(place) ?? []);
    yield standing.ownStatus !== own && `Its own state is kept as ${standing.ownStatus}, and its runs say ${own}.`;
    yield standing.status !== whole && `It is kept as ${standing.status}, and runs and members say ${whole}.`;
    const type = known.get(place);
    yield type === undefined && "Its participant never registered whom it is about.";
    yield type !== undefined &&
      standing.entityType !== type &&
      `It is kept among those of type ${standing.entityType}.`;
  });
}

const keptOf = ({ rows }: Books, participantIds: readonly string[], entityIds: readonly string[]) =>
  rows<Place>(
    `select participant_id as "participantId", entity_id as "entityId" from standing where participant_id in ?? and entity_id in ??`,
    [participantIds, entityIds],
  );

async function judgeKept(books: Books, registrations: readonly Place[]) {
  const participantIds = each(registrations.map(({ participantId }) => participantId));
  const entityIds = each(registrations.map(({ entityId }) => entityId));
  const places = new Set((await keptOf(books, participantIds, entityIds)).map(placeOf));
  return wrongs(registrations, (one) => [!places.has(placeOf(one)) && "Whom it is about has no standing."]);
}

export const STANDINGS: readonly Check[] = [
  check<Place>({
    name: "standings-kept",
    says: "Whomever a participant has registered has a standing with it.",
    source: rowsOf(Registration, ["id"], { apart: ["sealedFacts"] }),
    judge: judgeKept,
  }),
  check<Standing>({
    name: "standings",
    says: "A standing is what the runs of its entity, which is registered, and of everybody below it say.",
    source: rowsOf(Standing, KEY),
    judge: judgeStandings,
  }),
  check<Standing>({
    name: "standings-told",
    says: "Each change of a standing was told once, and the last that was told is what it is.",
    source: rowsOf(Standing, KEY),
    judge: async (books, standings) => {
      const about = (standing: Standing) => ({ ...standing, subjectId: standing.entityId });
      const telling = await toldAbout(books, ["ENTITY_STATUS_CHANGED"], standings.map(about));
      // Nobody knows since when a standing is kept: it may be older than the log.
      const kept = books.log.whole;
      return wrongs(standings, (standing) =>
        broken({
          told: telling(about(standing)),
          start: (from) => from === "UNVERIFIED",
          stands: (to) => (to ?? "UNVERIFIED") === standing.status,
          now: standing.status,
          kept,
        }),
      );
    },
  }),
];
