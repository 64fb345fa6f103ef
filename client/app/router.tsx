import { lazy } from "react";
import { createBrowserRouter } from "react-router";
import { AgreementsPage } from "../features/agreement/agreements-page.tsx";
import { AlertsPage } from "../features/alerts/alerts-page.tsx";
import { BoardPage } from "../features/board/board-page.tsx";
import { ClaimsPage } from "../features/claims/claims-page.tsx";
import { FeedsPage } from "../features/feeds/feeds-page.tsx";
import { UploadPanel } from "../features/hand-in/upload-panel.tsx";
import { MoneyPage } from "../features/money/money-page.tsx";
import { PeoplePage } from "../features/people/people-page.tsx";
import { RestatementsPage } from "../features/restatements/restatements-page.tsx";
import { TargetPage } from "../features/target/target-page.tsx";
import { AgreementFrame } from "./agreement-frame.tsx";
import { BrokenPage } from "./broken-page.tsx";
import { HomePage } from "./home-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { SetupPage } from "./setup-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { SignedIn } from "./signed-in.tsx";

const FeedPage = lazy(async () => ({ default: (await import("../features/feeds/feed-page.tsx")).FeedPage }));
const ChannelsPage = lazy(async () => ({ default: (await import("../features/channels/channels-page.tsx")).ChannelsPage }));
const AlertReportPage = lazy(async () => ({ default: (await import("../features/alert-report/alert-report-page.tsx")).AlertReportPage }));
const DriftsRoute = lazy(async () => ({ default: (await import("./drifts-route.tsx")).DriftsRoute }));
const CalibrationPage = lazy(async () => ({ default: (await import("../features/calibration/calibration-page.tsx")).CalibrationPage }));
const DriftRoute = lazy(async () => ({ default: (await import("./drift-route.tsx")).DriftRoute }));
const PullPage = lazy(async () => ({ default: (await import("../features/pulls/pull-page.tsx")).PullPage }));
const WizardPage = lazy(async () => ({ default: (await import("../features/hand-in/wizard-page.tsx")).WizardPage }));
const RecordPage = lazy(async () => ({ default: (await import("../features/record/record-page.tsx")).RecordPage }));
// The words of every clause are needed where agreements are read, and not for the first look at the board.
const AgreementPage = lazy(async () => ({ default: (await import("../features/agreement/agreement-page.tsx")).AgreementPage }));
const ExportsList = lazy(async () => ({ default: (await import("../features/exports/exports-list.tsx")).ExportsList }));
const ProposalPage = lazy(async () => ({ default: (await import("../features/agreement/proposal-page.tsx")).ProposalPage }));
const VersionPage = lazy(async () => ({ default: (await import("../features/agreement/version-page.tsx")).VersionPage }));
const VersionsPage = lazy(async () => ({ default: (await import("../features/agreement/versions-page.tsx")).VersionsPage }));

export const router = createBrowserRouter([
  { path: "/sign-in", element: <SignInPage />, errorElement: <BrokenPage /> },
  { path: "/setup", element: <SetupPage />, errorElement: <BrokenPage /> },
  {
    path: "/",
    element: <SignedIn />,
    errorElement: <BrokenPage />,
    children: [
      { index: true, element: <HomePage /> },
      { path: "board", element: <BoardPage /> },
      { path: "agreements/:agreementId/targets/:targetId", element: <TargetPage /> },
      { path: "agreements", element: <AgreementsPage /> },
      {
        path: "agreements/:agreementId",
        element: <AgreementFrame />,
        children: [
          {
            path: "agreement",
            element: (
              <>
                <AgreementPage />
                <ExportsList />
              </>
            ),
          },
          { path: "versions", element: <VersionsPage /> },
          { path: "versions/:version", element: <VersionPage /> },
          { path: "propose", element: <ProposalPage /> },
          { path: "money", element: <MoneyPage /> },
          { path: "restatements", element: <RestatementsPage /> },
          { path: "restatements/:number", element: <RestatementsPage /> },
          { path: "drift", element: <DriftsRoute /> },
          { path: "drift/calibrations/:calibrationId", element: <CalibrationPage /> },
          { path: "drift/:targetId", element: <DriftRoute /> },
          { path: "record", element: <RecordPage /> },
          { path: "alert-report", element: <AlertReportPage /> },
          { path: "notifications", element: <ChannelsPage /> },
          { path: "claims", element: <ClaimsPage /> },
          { path: "claims/:claimId", element: <ClaimsPage /> },
        ],
      },
      { path: "alerts", element: <AlertsPage /> },
      { path: "alerts/:agreementId/:alertId", element: <AlertsPage /> },
      { path: "feeds", element: <FeedsPage panel={UploadPanel} /> },
      { path: "feeds/:agreementId/new", element: <WizardPage /> },
      { path: "feeds/:agreementId/:receiptId", element: <FeedsPage panel={UploadPanel} /> },
      { path: "feeds/:agreementId/feed/:feed", element: <FeedPage /> },
      { path: "feeds/:agreementId/:feed/pull", element: <PullPage /> },
      { path: "people", element: <PeoplePage /> },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
]);
