/** Every type of event, as the gateway names them. */
export type EventType =
  | "ENTITY_REGISTERED"
  | "CONSENT_GRANTED"
  | "CONSENT_WITHDRAWN"
  | "CONSENT_EXPIRED"
  | "ATTESTATION_FURNISHED"
  | "ATTESTATION_STATUS_CHANGED"
  | "CERTIFICATE_ISSUED"
  | "CERTIFICATE_STATUS_CHANGED"
  | "ENTITY_STATUS_CHANGED"
  | "VERIFICATION_STATUS_CHANGED"
  | "VERIFICATION_DEADLINE_NEAR"
  | "DOCUMENT_RECEIVED"
  | "MEMBER_LINKED"
  | "MEMBER_UNLINKED"
  | "CERTIFICATION_CHANGED";

/** `ENTITY_REGISTERED` is told by `EntityRegistered`. */
type Told<Type extends string> = Type extends `${infer Word}_${infer Rest}`
  ? `${Capitalize<Lowercase<Word>>}${Told<Rest>}`
  : Capitalize<Lowercase<Type>>;

/** What every event of these types says, whatever else is selected. */
export type EventOf<Type extends EventType> = {
  readonly [One in Type]: {
    readonly __typename: Told<One>;
    readonly type: One;
    /** Resumes after this event. */
    readonly cursor: string;
    /** The event before it in this very view; null for the first. */
    readonly previousCursor: string | null;
    readonly occurredAt: string;
  };
}[Type];

/** Any event: `type` and `__typename` tell which. */
export type Event = EventOf<EventType>;
