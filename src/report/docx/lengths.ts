/** Lengths of WordprocessingML and DrawingML, and those of the page (GB/T 9704-2012, 5.2). */

/** Twentieths of a point. */
export const twips = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440);
export const pointTwips = (points: number): number => Math.round(points * 20);
/** DrawingML counts 360,000 to the centimetre. */
export const emu = (millimetres: number): number => Math.round(millimetres * 36_000);
/** Pixels of CSS in millimetres. */
export const pixels = (count: number): number => (count * 25.4) / 96;

/** The text block, in mm. */
export const BLOCK = { width: 156, height: 225 };
/**
 * Of the sheet, in mm. Even pages are the backs of odd ones: left and right change places. The right edge gives a tenth to
 * the rounding of the space between characters.
 */
export const PAGE = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 25.9 };
/** A landscape page is read by turning it clockwise: its head lies at the left edge of the sheet. */
export const WIDE_PAGE = { width: 297, height: 210, top: 28, bottom: 26, left: 35, right: 37 };
const LINES = 22;
/** 三号 and 二号, in points. */
export const BODY_SIZE = 16;
export const TITLE_SIZE = 22;
/** Rounded down, so that 22 lines go into the block. */
export const LINE_PITCH = Math.floor(twips(BLOCK.height) / LINES);
/**
 * 28 characters of 16 pt are wider than the block: a fifth of a point less between them, in twentieths of a point, makes
 * 156 mm. (A grid of characters says the same to Word; LibreOffice sets a character that is larger than its cell in two.)
 */
export const CHARACTER_SPACING = -4;
/** What a character of the text takes, in twips. */
export const CHARACTER = pointTwips(BODY_SIZE) + CHARACTER_SPACING;
