/** The files of src/Lessons/Displays/Components, which define the elements; bundleCharts.mjs joins them. */
declare module 'components';
