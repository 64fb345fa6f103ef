import { useCallback } from "react";
import { Link } from "react-router";
import { z } from "zod";
import { Person } from "../../../shared/protocol/role.ts";
import { call } from "../../live/api.ts";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { AddAgreementForm } from "./add-agreement-form.tsx";
import { AddPersonForm } from "./add-person-form.tsx";
import { PersonItem } from "./person-item.tsx";
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
          {request.state === "ready" && <PeopleList people={request.data} onChanged={again} />}
          <AddPersonForm onAdded={again} />
        </section>
        <section className="block" aria-labelledby="agreements">
          <div className="head">
            <h2 id="agreements">Agreements</h2>
          </div>
          <ul className="people">
            {cards.map((card) => (
              <li key={card.id}>
                <Link to={paths.agreement(card.id)}>
                  <b>{card.name}</b>
                </Link>
                <span className="quiet">
                  {card.client} and {card.provider}, {card.timeZone}
                </span>
                {!card.inForce && (
                  <span className="small mid">
                    Waits for both signatures: give people of both sides their roles, and they sign it under{" "}
                    <Link to={paths.versions(card.id)}>its versions</Link>.
                  </span>
                )}
              </li>
            ))}
          </ul>
          <AddAgreementForm onAdded={reload} />
        </section>
      </div>
    </>
  );
}

function PeopleList({ people, onChanged }: { readonly people: readonly Person[]; readonly onChanged: () => void }): React.JSX.Element {
  return (
    <ul className="people">
      {people.map((person) => (
        <PersonItem key={person.id} person={person} onChanged={onChanged} />
      ))}
    </ul>
  );
}
