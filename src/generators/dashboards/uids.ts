/** Parts of every link to the dashboards: never changed once published. */
export const OVERVIEW_UID = 'promptmeter-overview';
export const LATENCY_UID = 'promptmeter-latency';
export const ERRORS_UID = 'promptmeter-errors';
export const COST_UID = 'promptmeter-cost';
export const LEVELS_UID = 'promptmeter-service-levels';
export const CAPACITY_UID = 'promptmeter-capacity';
export const SELF_UID = 'promptmeter-self';
