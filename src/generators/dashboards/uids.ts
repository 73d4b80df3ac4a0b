/** Part of every link to the dashboard: never changed once published. */
export const OVERVIEW_UID = 'promptmeter-overview';
