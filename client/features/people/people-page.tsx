import { useCallback } from "react";
import { z } from "zod";
import { Person } from "../../../shared/protocol/role.ts";
import { call } from "../../live/api.ts";
import { useLive } from "../../live/live-context.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { AddAgreementForm } from "./add-agreement-form.tsx";
import { AddPersonForm } from "./add-person-form.tsx";
import { ROLE_WORDS } from "./role-words.ts";
import "./people.css";

/** For the administrator: who belongs to what, and agreements to put in force. */
export function PeoplePage(): React.JSX.Element {
  const { person } = useLive();
  if (!person.administrator) {
    return (
      <>
        <h1>People</h1>
        <NotPermitted>Only an administrator adds people and agreements.</NotPermitted>
      </>
    );
  }
  return <Administration />;
}

function Administration(): React.JSX.Element {
  const { cards, workspace, reload } = useLive();
  const read = useCallback(() => call({ path: "/api/v1/people", answer: z.array(Person) }), []);
  const { request, again } = useRequest(read);
  return (
    <>
      <title>People · Accord</title>
      <h1>People and agreements of {workspace}</h1>
      <div className="pair">
        <section className="block" aria-labelledby="people">
          <div className="head">
            <h2 id="people">People</h2>
          </div>
          {request.state === "loading" && <Loading what="the people" />}
          {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
          {request.state === "ready" && <PeopleList people={request.data} />}
          <AddPersonForm onAdded={again} />
        </section>
        <section className="block" aria-labelledby="agreements">
          <div className="head">
            <h2 id="agreements">Agreements</h2>
          </div>
          <ul className="people">
            {cards.map((card) => (
              <li key={card.id}>
                <b>{card.name}</b>
                <span className="quiet">
                  {card.client} and {card.provider}, {card.timeZone}
                </span>
              </li>
            ))}
          </ul>
          <AddAgreementForm onAdded={reload} />
        </section>
      </div>
    </>
  );
}

function PeopleList({ people }: { readonly people: readonly Person[] }): React.JSX.Element {
  const { cards } = useLive();
  const names = new Map(cards.map((card) => [card.id, card.name]));
  return (
    <ul className="people">
      {people.map((person) => (
        <li key={person.id}>
          <b>{person.name}</b> <span className="quiet">{person.email}</span>
          <span className="small mid">
            {person.administrator && "Administrator. "}
            {person.memberships
              .map((membership) => `${ROLE_WORDS[membership.role]}, ${names.get(membership.agreementId) ?? membership.agreementId}`)
              .join("; ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
