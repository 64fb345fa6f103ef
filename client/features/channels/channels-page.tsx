import { useCallback, useEffect } from "react";
import { useParams } from "react-router";
import { ChannelList as Channels, DeliveryList } from "../../../shared/protocol/channels.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useRole } from "../../live/live-context.ts";
import { sideOf } from "../../live/side.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { ChannelForm } from "./channel-form.tsx";
import { ChannelList } from "./channel-list.tsx";
import { channelsFinding } from "./channel-words.ts";
import { DeliveryLog } from "./delivery-log.tsx";
import { QuietHoursPanel } from "./quiet-form.tsx";
import "./channels.css";

const LOOK_MS = 5000;

/** Where one's side is told of alerts outside this page, what became of each message, and one's own quiet hours. */
export function ChannelsPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const { mayAct } = sideOf(useRole(agreementId));
  if (state === null) return <Loading what="the notifications" />;
  const { name, timeZone } = state.agreement;
  if (mayAct) return <OwnChannels agreementId={agreementId} name={name} zone={timeZone} />;
  return (
    <>
      <title>{`Notifications · ${name} · Accord`}</title>
      <div className="head">
        <h1>Your notifications</h1>
      </div>
      <NotPermitted>Client managers and the provider's people say which chats and systems their side is told in.</NotPermitted>
      <div className="channels-quiet">
        <QuietHoursPanel />
      </div>
    </>
  );
}

interface OwnChannelsProps {
  readonly agreementId: string;
  readonly name: string;
  readonly zone: string;
}

function OwnChannels({ agreementId, name, zone }: OwnChannelsProps): React.JSX.Element {
  const base = `/api/v1/agreements/${encodeURIComponent(agreementId)}`;
  const read = useCallback(async () => {
    const [channels, deliveries] = await Promise.all([
      call({ path: `${base}/channels`, answer: Channels }),
      call({ path: `${base}/deliveries`, answer: DeliveryList }),
    ]);
    return { ...channels, deliveries };
  }, [base]);
  const { request, again } = useRequest(read);
  const nowMs = useNowMinute();
  useEffect(() => {
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [again]);
  if (request.state === "loading") return <Loading what="the notifications" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  const { channels, deliveries, mailFrom } = request.data;
  return (
    <>
      <title>{`Notifications · ${name} · Accord`}</title>
      <div className="head">
        <h1>{channelsFinding(channels, deliveries, mailFrom)}</h1>
      </div>
      <div className="pair channels">
        <div>
          <p className="mid">
            {mailFrom === null
              ? "No mail server is set up, so nobody gets e-mail; the operator's manual says how."
              : `People who are asked to answer get e-mail from ${mailFrom}. Your side's chats hear whatever your side is asked, its webhooks everything.`}
          </p>
          <ChannelList path={`${base}/channels`} channels={channels} zone={zone} nowMs={nowMs} onChange={again} />
          <h2>Messages to your side</h2>
          <DeliveryLog agreementId={agreementId} deliveries={deliveries} zone={zone} nowMs={nowMs} onChange={again} />
        </div>
        <div className="channel-forms">
          <ChannelForm path={`${base}/channels`} onSaved={again} />
          <QuietHoursPanel />
        </div>
      </div>
    </>
  );
}
