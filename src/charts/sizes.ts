/** Of a picture that fills the text block of a page. */
export const PAPER_WIDTH = 640;
/** Room for the labels and the title of a y axis, when the width of a band or of a small chart is reckoned. */
export const AXIS_ROOM = 70;
