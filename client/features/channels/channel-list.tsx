import { useState } from "react";
import { z } from "zod";
import { ChannelView } from "../../../shared/protocol/channels.ts";
import { call } from "../../live/api.ts";
import { asAppError } from "../../live/use-request.ts";
import { AskTwice } from "../../ui/ask-twice.tsx";
import { FieldError } from "../../ui/field.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { stampIn } from "../../ui/zone-time.ts";
import { channelState, FROM_WORDS, KIND_WORDS } from "./channel-words.ts";

interface ChannelListProps {
  readonly path: string;
  readonly channels: readonly ChannelView[];
  readonly zone: string;
  readonly nowMs: number;
  readonly onChange: () => void;
}

/** The channels of one's own side, each with how it goes and what one does with it. */
export function ChannelList({ path, channels, zone, nowMs, onChange }: ChannelListProps): React.JSX.Element {
  if (channels.length === 0) return <Empty>No webhook and no chat is set up for your side.</Empty>;
  return (
    <ul className="channel-list">
      {channels.map((channel) => (
        <Channel key={channel.id} path={`${path}/${channel.id}`} channel={channel} zone={zone} nowMs={nowMs} onChange={onChange} />
      ))}
    </ul>
  );
}

interface ChannelProps extends Omit<ChannelListProps, "channels"> {
  readonly channel: ChannelView;
}

function Channel({ path, channel, zone, nowMs, onChange }: ChannelProps): React.JSX.Element {
  const [error, setError] = useState<string | null>(null);
  const { kind, name, minSeverity, enabled, host, health } = channel;
  const isOn = enabled && health.disabled === null;
  const send = async (method: "PUT" | "DELETE") => {
    try {
      const body = { name, minSeverity, enabled: !isOn, operationId: crypto.randomUUID() };
      if (method === "PUT") await call({ method, path, body, answer: ChannelView });
      else await call({ method, path, answer: z.unknown() });
      setError(null);
      onChange();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  const { mark, word } = channelState(channel);
  return (
    <li className="channel">
      <div className="channel-head">
        <strong>{name}</strong>
        <Status kind={mark}>{word}</Status>
      </div>
      <p className="small quiet">
        {KIND_WORDS[kind]} at {host}, gets {FROM_WORDS[minSeverity]}
        {health.lastSentAtMs !== null && `, last reached ${stampIn(zone, health.lastSentAtMs, nowMs)}`}
      </p>
      {health.disabled !== null && <p className="small">{health.disabled.why}. Mend it there, then switch it on again.</p>}
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn" type="button" onClick={() => void send("PUT")}>
          {isOn ? "Switch off" : "Switch on"} <span className="sr">{name}</span>
        </button>
        <AskTwice about={name} sure="Remove it and forget its address" onSure={() => void send("DELETE")}>
          Remove
        </AskTwice>
      </div>
    </li>
  );
}
